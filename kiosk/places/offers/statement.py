"""What an estimated payment rests on, stated as the advertising rules of a region have it.

- US: Regulation Z, 12 CFR 1026.24(d)(2), and for a lease Regulation M, 12 CFR 1013.7(d)(2).
- UK: the FCA's Handbook, CONC 3.5.5R.
- EU: Directive (EU) 2023/2225, article 8, which took the place of article 4 of 2008/48/EC on
  20 November 2026; in Germany PAngV, section 17. A lease without an obligation to buy is no credit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kiosk.language.localization import Localization
from kiosk.places.offers.model import Estimator, FinancingKind
from kiosk.places.offers.payment import Quote, effective_rate, nominal_rate, rounded_rate
from kiosk.places.offers.rows import StatementRow
from kiosk.places.offers.words import OffersWords

UNKNOWN = "–"
"""The rate of no credit."""


@dataclass(frozen=True, slots=True)
class Stating:
    """An estimator's figures in the words, the language and by the rules of its content.

    `region` is as in the content file.
    """

    block: Estimator
    words: OffersWords
    local: Localization
    region: str

    def kind_word(self, kind: FinancingKind) -> str:
        """The name of a kind of financing."""
        words = self.words
        return {"loan": words.loan, "balloon": words.balloon, "lease": words.lease}[kind]

    def rate_word(self, quote: Quote) -> str:
        """What the rate on the slider is: in the US the APR itself, while there are no fees."""
        if self.region == "other" or (self.region == "us" and not quote.plan.fees):
            return self.words.interest_rate
        is_fixed = self.block.rate_type == "fixed"
        return self.words.fixed_rate if is_fixed else self.words.variable_rate

    def down_word(self, quote: Quote) -> str:
        """What the second slider is."""
        is_initial = quote.plan.kind == "lease" and self.region != "us"
        return self.words.initial_payment if is_initial else self.words.down_payment

    def heading(self, quote: Quote, *, is_start: bool) -> str:
        """What the items are, where that has to be said."""
        if quote.plan.kind == "lease":
            return self.words.lease if len(self.block.kinds) == 1 else ""
        if self.region != "uk" or not self.block.representative:
            return ""
        return self.words.representative_example if is_start else self.words.your_figures

    def warning(self, quote: Quote) -> str:
        """What has to be said beside the cost of a credit."""
        is_credit = quote.plan.kind != "lease"
        return self.words.credit_warning if is_credit and self.region == "eu" else ""

    def rows(self, quote: Quote, *, is_start: bool) -> list[StatementRow]:
        """The items as the region orders them; no figure but the payment may outshine the last."""
        if quote.plan.kind == "lease":
            return list(self._us_lease(quote) if self.region == "us" else self._lease(quote))
        return list(
            self._us_credit(quote) if self.region == "us" else self._credit(quote, is_start)
        )

    def money(self, amount: Decimal, *, round_as_whole: bool = False) -> str:
        """An amount in the estimator's currency."""
        return self.local.money(amount, self.block.currency, round_as_whole=round_as_whole)

    def _us_credit(self, quote: Quote) -> Iterator[StatementRow]:
        words = self.words
        yield self._whole(words.down_payment, quote.down)
        yield self._whole(words.amount_financed, quote.credit - quote.fees("start"))
        yield from self._payments(quote)
        yield StatementRow(words.total_of_payments, self.money(quote.paid_later))
        if quote.plan.fees:
            yield StatementRow(self.rate_word(quote), self.local.percent(quote.rate))
        monthly = quote.monthly_yield
        apr = None if monthly is None else rounded_rate(nominal_rate(monthly), 2)
        yield StatementRow(words.interest_rate, UNKNOWN if apr is None else self.local.percent(apr))

    def _credit(self, quote: Quote, is_start: bool) -> Iterator[StatementRow]:
        words, is_uk = self.words, self.region == "uk"
        yield self._whole(words.cash_price, quote.price)
        yield self._whole(words.down_payment, quote.down)
        yield self._whole(words.amount_of_credit, quote.credit)
        yield StatementRow(words.duration, self.local.months(quote.months))
        yield from self._payments(quote)
        # In the UK it contains the advance payment: the FCA's Glossary, "total amount payable".
        total = quote.total + (quote.down if is_uk else 0)
        yield StatementRow(words.total_payable, self.money(total))
        yield StatementRow(self.rate_word(quote), self.local.percent(quote.rate))
        if is_uk:
            is_representative = is_start and self.block.representative
            word = words.representative_apr if is_representative else words.interest_rate
            yield self._effective(word, quote, decimals=1)
        elif self.region == "eu":
            yield self._effective(words.effective_rate, quote, decimals=2)

    def _us_lease(self, quote: Quote) -> Iterator[StatementRow]:
        words, deposit = self.words, quote.plan.security_deposit
        yield from self._payments(quote)
        yield StatementRow(
            words.security_deposit,
            self.money(deposit, round_as_whole=True) if deposit else words.not_required,
        )
        yield from self._of_any_lease(quote)
        # No part of it may be more prominent: 12 CFR 1013.7(b)(1).
        yield StatementRow(words.due_at_signing, self.money(quote.due_at_signing))

    def _lease(self, quote: Quote) -> Iterator[StatementRow]:
        words, deposit = self.words, quote.plan.security_deposit
        yield self._whole(words.initial_payment, quote.down)
        yield StatementRow(words.duration, self.local.months(quote.months))
        yield from self._payments(quote)
        if deposit:
            yield self._whole(words.security_deposit, deposit)
        yield from self._of_any_lease(quote)

    def _of_any_lease(self, quote: Quote) -> Iterator[StatementRow]:
        mileage = self.local.distance_a_year(quote.mileage)
        yield StatementRow(self.words.mileage, mileage)
        yield StatementRow(self.words.total_of_payments, self.money(quote.down + quote.total))

    def _payments(self, quote: Quote) -> Iterator[StatementRow]:
        """How many of how much, the last one, and the fees."""
        each = f"{self.local.number(quote.months)} × {self.money(quote.payment)}"
        yield StatementRow(self.words.monthly_payments, each)
        if quote.plan.kind == "balloon":
            yield self._whole(self.words.final_payment, quote.final)
        for fee in quote.plan.fees:
            yield self._whole(fee.name, fee.amount)

    def _effective(self, word: str, quote: Quote, decimals: int) -> StatementRow:
        if (monthly := quote.monthly_yield) is None:
            return StatementRow(word, UNKNOWN)
        rate = rounded_rate(effective_rate(monthly), decimals)
        return StatementRow(word, self.local.percent(rate, decimals))

    def _whole(self, label: str, amount: Decimal) -> StatementRow:
        return StatementRow(label, self.money(amount, round_as_whole=True))
