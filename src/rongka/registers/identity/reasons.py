"""The reasons that a counter picks from when it does not verify a person, in front of it or online."""

from rongka.text import Text

REASONS: dict[str, Text] = {
    "face-differs": Text(zh="本人与护照照片不符", en="The person does not look like the passport photo"),
    "passport-doubtful": Text(zh="护照真伪存疑", en="The passport may not be genuine"),
    "passport-damaged": Text(zh="护照破损无法查验", en="The passport is damaged and cannot be examined"),
    "countersigned-too-late": Text(zh="超过复核时限", en="The time for the countersignature is over"),
    "not-present": Text(zh="本人未到场", en="The person is not present"),
}

REVIEW_REASONS: dict[str, Text] = {
    "review-face-differs": Text(zh="镜头前的人与护照照片不符", en="The person before the camera is not the portrait's"),
    "review-face-not-clear": Text(zh="图像不清楚，无法比对", en="The pictures are not clear enough to compare"),
    "review-not-alone": Text(zh="图像中有他人或他人协助", en="Somebody else is in the pictures, or helped"),
    "review-picture-of-a-picture": Text(zh="疑似对着照片或屏幕拍摄", en="It looks like a photo or a screen held up"),
    "review-passport-doubtful": Text(zh="护照真伪存疑", en="The passport may not be genuine"),
    "review-names-differ": Text(zh="芯片中的姓名与记录不符", en="The name in the chip is not the one on record"),
}
AFTER_A_REVIEW = Text(
    zh="请按理由再试一次，或持护照到核验窗口办理，效力相同。",
    en="Try again with the reasons in mind, or take the passport to a verification counter; it counts the same.",
)
