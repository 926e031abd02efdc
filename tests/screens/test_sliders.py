"""A slider whose end comes closer follows it, and says nothing that the model does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.offscreen import show_screen

if TYPE_CHECKING:
    from kiosk.content.check.loading import Loaded
    from tests.conftest import MakeKiosk, Visitor


def test_a_lower_price_takes_the_down_payment_along(
    make_kiosk: MakeKiosk, default_loaded: Loaded, visit: type[Visitor]
) -> None:
    """Qt sets the slider back at once; a warning of a binding loop fails this test."""
    kiosk = make_kiosk(default_loaded)
    show_screen(kiosk, "offers-estimator")
    estimator = kiosk.showroom.navigation.within
    estimator.moveDownPayment(estimator.downPaymentMost)
    kiosk.draw()

    estimator.movePrice(estimator.priceLeast)
    kiosk.draw()

    _, down_payment, *_ = visit(kiosk.window).items_of("QQuickSlider")
    assert estimator.downPayment == estimator.downPaymentMost > 0
    assert down_payment.property("to") == estimator.downPaymentMost
    assert down_payment.property("value") == estimator.downPayment
