"""The rules that `kiosk check` knows; docs/linting.md lists them for the people who write."""

from __future__ import annotations

from kiosk.content.lint.cars import consumption, unknown_car
from kiosk.content.lint.contrast import contrast
from kiosk.content.lint.dates import ended_offer, gone_entry, season_over
from kiosk.content.lint.drawings import drawn_otherwise
from kiosk.content.lint.estimator import estimator_terms
from kiosk.content.lint.fit import text_contrast, text_fit
from kiosk.content.lint.language import language_texts
from kiosk.content.lint.leftovers import example_left
from kiosk.content.lint.lettering import door_figure, missing_sign
from kiosk.content.lint.links import link_case
from kiosk.content.lint.logo import logo
from kiosk.content.lint.notes import note_in_text
from kiosk.content.lint.pictures import picture_size
from kiosk.content.lint.rule import Rule
from kiosk.content.lint.sums import slider_step, sum_
from kiosk.content.lint.uk import uk_representative
from kiosk.content.lint.us import credit_rate, credit_terms, lease_rate, lease_terms

RULES = (
    Rule("credit-terms", credit_terms, "Regulation Z, 12 CFR 1026.24(d)"),
    Rule("credit-rate", credit_rate, "Regulation Z, 12 CFR 1026.24(c)"),
    Rule("lease-terms", lease_terms, "Regulation M, 12 CFR 1013.7(d)"),
    Rule("lease-rate", lease_rate, "Regulation M, 12 CFR 1013.7(b)(2)"),
    Rule("uk-representative", uk_representative, "FCA Handbook, CONC 3.5.3R to 3.5.5R"),
    Rule(
        "estimator-terms",
        estimator_terms,
        "Regulation Z, 12 CFR 1026.24(d); FCA Handbook, CONC 3.5.3R, 3.5.5R and 3.7;"
        " Directive (EU) 2023/2225, article 8",
    ),
    Rule(
        "consumption",
        consumption,
        "Directive 1999/94/EC, article 6; in the UK SI 2001/3523, regulation 9",
    ),
    Rule("unknown-car", unknown_car),
    Rule("sum", sum_),
    Rule("slider-step", slider_step),
    Rule("ended-offer", ended_offer, varies=True),
    Rule("gone-entry", gone_entry, varies=True),
    Rule("season-over", season_over, varies=True),
    Rule("example-left", example_left),
    Rule("contrast", contrast, "WCAG 2.2, success criteria 1.4.3 and 1.4.11"),
    Rule("logo", logo, "WCAG 2.2, success criterion 1.4.11", varies=True),
    Rule("link-case", link_case, "RFC 3986, section 6.2.2.1"),
    Rule("picture-size", picture_size),
    Rule("drawing", drawn_otherwise),
    Rule("text-fit", text_fit, varies=True),
    Rule("text-contrast", text_contrast, "WCAG 2.2, success criterion 1.4.3", varies=True),
    Rule("missing-sign", missing_sign),
    Rule("door-figure", door_figure),
    Rule("note-in-text", note_in_text),
    Rule("language-texts", language_texts),
)
