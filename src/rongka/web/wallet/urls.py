"""Addresses of the wallet, below /<language>/wallet/."""

from django.urls import path

from . import (
    binding,
    checks,
    claiming,
    code,
    devices,
    licence,
    me,
    notice,
    offline,
    passkeys,
    services,
    sign_in,
    state,
    steps,
    verification,
)

app_name = "wallet"

urlpatterns = [
    path("", steps.show, name="steps"),
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/passkey/options/", passkeys.sign_in_options, name="passkey-sign-in-options"),
    path("sign-in/passkey/", passkeys.sign_in, name="passkey-sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("verification/", verification.show, name="verification"),
    path("card/", claiming.claim, name="claim"),
    path("card/claimed/", claiming.claimed, name="claimed"),
    path("binding/", binding.bind, name="bind"),
    path("binding/done/", binding.bound, name="bound"),
    path("activated/", licence.activated, name="activated"),
    path("licence/", licence.show, name="licence"),
    path("code/", code.show, name="code"),
    path("devices/", devices.register, name="register-device"),
    path("state/", state.show, name="state"),
    path("devices/<uuid:device_id>/credential/", devices.renew, name="renew-credential"),
    path("devices/<uuid:device_id>/revoke/", devices.revoke, name="revoke-device"),
    path("devices/<uuid:device_id>/revoked/", devices.revoked, name="device-revoked"),
    path("checks/", checks.show, name="checks"),
    path("services/", services.show, name="services"),
    path("me/", me.show, name="me"),
    path("passkeys/options/", passkeys.options, name="passkey-options"),
    path("passkeys/", passkeys.add, name="add-passkey"),
    path("passkeys/<uuid:passkey_id>/", passkeys.passkey, name="passkey"),
    path("passkeys/<uuid:passkey_id>/remove/", passkeys.remove, name="remove-passkey"),
    path("passkeys/<uuid:passkey_id>/removed/", passkeys.removed, name="passkey-removed"),
    path("offline/", offline.show, name="offline"),
    path("worker.js", offline.worker, name="worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("notice.pdf", notice.download, name="notice"),
]
