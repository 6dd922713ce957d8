"""The reasons that a counter picks from when it does not verify a person."""

from rongka.text import Text

REASONS: dict[str, Text] = {
    "face-differs": Text(zh="本人与护照照片不符", en="The person does not look like the passport photo"),
    "passport-doubtful": Text(zh="护照真伪存疑", en="The passport may not be genuine"),
    "passport-damaged": Text(zh="护照破损无法查验", en="The passport is damaged and cannot be examined"),
    "countersigned-too-late": Text(zh="超过复核时限", en="The time for the countersignature is over"),
    "not-present": Text(zh="本人未到场", en="The person is not present"),
}
