"""The words for each thing that can be wrong with a picture of a face, with a try, or with the models."""

from typing import Final

from rongka.proofing.errors import FaceReason
from rongka.text import Text


def _reason(code: str, zh: str, en: str) -> FaceReason:
    return FaceReason(f"face.{code}", Text(zh, en))


# The bytes of a picture.
NOT_A_PICTURE: Final = _reason(
    "not-a-picture",
    "图像无法读取：不是可用的格式，或已损坏。",
    "The picture cannot be read: another format, or damaged.",
)
PICTURE_TOO_LARGE: Final = _reason("picture-too-large", "图像过大。", "The picture is too large.")
PICTURE_TOO_SMALL: Final = _reason("picture-too-small", "图像过小。", "The picture is too small.")

# What one picture shows.
NO_FACE: Final = _reason("none", "画面中没有看到人脸。", "No face is seen in the picture.")
SEVERAL_FACES: Final = _reason(
    "several",
    "画面中有不止一张人脸，请只让您本人在画面中。",
    "More than one face is seen; only you may be in the picture.",
)
TOO_DARK: Final = _reason("too-dark", "光线太暗，请到亮处。", "It is too dark; find more light.")
TOO_BRIGHT: Final = _reason("too-bright", "光线太强，请避开直射光。", "It is too bright; keep out of direct light.")
BLURRED: Final = _reason(
    "blurred", "画面模糊，请拿稳手机并擦净镜头。", "The picture is blurred; hold still, wipe the lens."
)
TOO_FAR: Final = _reason("too-far", "距离太远，请靠近一些。", "Too far away; come closer.")
TOO_CLOSE: Final = _reason("too-close", "距离太近，请远离一些。", "Too close; move back a little.")
CUT_OFF: Final = _reason("cut-off", "人脸没有完整在画面中。", "The face is not wholly in the picture.")
TURNED: Final = _reason("turned", "没有正对镜头。", "The face does not look into the camera.")

# The whole try.
TOO_FEW_FRAMES: Final = _reason("too-few-frames", "图像太少，无法判断。", "Too few pictures came to judge by.")
TOO_MANY_FRAMES: Final = _reason("too-many-frames", "图像太多。", "Too many pictures came.")
BEFORE_CHALLENGE: Final = _reason(
    "before-challenge", "有图像早于动作提示。", "A picture is older than what was asked for."
)
LATE: Final = _reason("late", "超过规定时间。", "It took longer than the time given.")
OUT_OF_ORDER: Final = _reason("out-of-order", "图像的时间顺序不对。", "The pictures are not in the order of time.")
REPEATED: Final = _reason("repeated", "同一图像重复出现。", "The same picture came more than once.")
TURNS_NOT_MADE: Final = _reason(
    "turns-not-made", "没有按提示的顺序完成动作。", "The turns were not made as they were asked for."
)
FLAT: Final = _reason(
    "flat", "画面中的脸像是平面的，可能是照片或屏幕。", "The face seems to be flat, as on a photograph or a screen."
)
ANOTHER_PERSON: Final = _reason(
    "another-person", "各图像中的人不像是同一人。", "Not every picture seems to show the same person."
)
DIFFERS: Final = _reason(
    "differs", "镜头前的人与照片不够相似。", "The person before the camera is not similar enough to the portrait."
)
UNSURE: Final = _reason(
    "unsure",
    "相似度介于两个阈值之间，由审核人员判断。",
    "The similarity lies between the two thresholds; an officer decides.",
)
TOO_ALIKE: Final = _reason(
    "too-alike",
    "画面与证件照片几乎相同：可能是把照片放到了镜头前。",
    "The picture is nearly the portrait itself: it may have been shown to the camera.",
)
NO_PORTRAIT_FACE: Final = _reason(
    "portrait-unusable",
    "证件照片无法读取，或其中不是恰好一张人脸。",
    "The portrait cannot be read, or does not show one face.",
)

# The models.
MODELS_MISSING: Final = _reason(
    "models-missing", "本系统没有安装人脸比对所需的模型。", "The models for comparing faces are not installed here."
)
MODELS_CHANGED: Final = _reason(
    "models-changed", "人脸模型文件与已查验的不同。", "The model files are not those that were examined."
)
