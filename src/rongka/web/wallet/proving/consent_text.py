"""What a holder consents to, in the words of one version. Whoever changes a word makes a new version.

A consent on record names version and language; `DIGESTS` keeps the text of a version from changing under it. Where a
provider verifies for the city a paragraph names it, and the version ends in that paragraph's digest.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from rongka.text import Text

if TYPE_CHECKING:
    from rongka.proofing.remote import Processor

VERSION: Final = "2026-11-23"
# SHA-256 of both languages of every paragraph, in order.
DIGESTS: Final = {
    "2026-11": "15c4eaa283bf67bfdab5b54804fd03ef5df4bf74e533a0cad9368d3b6c22552e",
    "2026-11-23": "4fa0bdeda07586422c426506d402b5fb6a86c5d184f95c85b842a509469ffe7d",
}

PARAGRAPHS: Final[tuple[tuple[Text, Text], ...]] = (
    (
        Text(zh="采集什么", en="What is taken"),
        Text(
            zh="护照芯片中的照片，以及您转头约10秒内由本手机前置摄像头拍摄的照片（最多60张）。不录音，不录像。",
            en="The photo in your passport’s chip, and the pictures (at most 60) that this phone’s front camera takes "
            "while you turn your head for about ten seconds. No sound and no film.",
        ),
    ),
    (
        Text(zh="用于什么", en="What it is for"),
        Text(
            zh="仅用于确认您就是这本护照的持有人，以便办理您的工作许可证卡。不用于其他目的。",
            en="Only to make sure that you are the holder of this passport, so that your work permit can be put on "
            "your card. For nothing else.",
        ),
    ),
    (
        Text(zh="由谁比对", en="Who compares"),
        Text(
            zh="先由程序比对，再由核验窗口的一名工作人员查看照片后作出决定。程序不能代替工作人员通过核验。",
            en="A program compares first. Then an officer of a verification counter looks at the pictures and decides. "
            "The program alone verifies nobody.",
        ),
    ),
    (
        Text(zh="保存多久", en="How long it is kept"),
        Text(
            zh="照片加密保存：审核通过后即删除；未通过、撤回或未完成的，最迟7天内删除。不生成、不保存人脸特征模板。"
            "仅保留核验记录：时间、结果、相似度、照片的校验值和经办人。",
            en="The pictures are encrypted. They are deleted once the officer has accepted; otherwise after 7 days at "
            "the latest. No template of your face is made to be kept. What stays is the record: when, the results, the "
            "score, checksums of the pictures, and who decided.",
        ),
    ),
    (
        Text(zh="可能的影响", en="What can go wrong"),
        Text(
            zh="人脸不能像密码那样更换，一旦泄露，影响难以消除；因此照片加密、限期删除，查看均有记录。"
            "程序也可能认错：未通过时会告知理由，您可以重试或到窗口办理。",
            en="A face cannot be changed as a password can, so that a leak could not be undone. That is why the "
            "pictures are encrypted and deleted soon, and why every look at them is recorded. The program can also be "
            "wrong: you are told the reason, and may try again or go to a counter.",
        ),
    ),
    (
        Text(zh="由您选择", en="It is your choice"),
        Text(
            zh="您可以不同意，也可以随时撤回。不同意或撤回不影响办理：到核验窗口由两名工作人员核验，效力相同。"
            "窗口不给您拍照；如在窗口读取护照芯片，芯片中的照片仅供该窗口工作人员查看，作出决定后即删除，最迟一天内删除。"
            "您可以在“我的”中查看并导出保存的内容。",
            en="You may say no, and you may withdraw at any time. Neither has any disadvantage: at a counter two "
            "officers verify you, and what you get is the same. The counter takes no picture of you. If your "
            "passport’s chip is read there, its photo is shown to that counter’s officers alone and deleted with their "
            "decision, after one day at the latest. On the page “Me” you can see and export what is kept.",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class ConsentWords:
    """What is shown and agreed to."""

    version: str
    paragraphs: tuple[tuple[Text, Text], ...]


def words_with(processor: Processor | None) -> ConsentWords:
    """Return the words that hold here, with the provider who verifies for this city."""
    if processor is None:
        return ConsentWords(VERSION, PARAGRAPHS)
    words = _sent_to(processor)
    digest = sha256(f"{words.zh}\n{words.en}".encode()).hexdigest()[:8]
    return ConsentWords(f"{VERSION}+{digest}", (*PARAGRAPHS[:3], (_SENT_TO, words), *PARAGRAPHS[3:]))


_SENT_TO: Final = Text(zh="发送给谁", en="Who else gets them")


def _sent_to(processor: Processor) -> Text:
    name = processor.name
    if processor.compares_faces:
        return Text(
            zh=f"比对由{name.zh}代为进行：护照芯片中的照片和拍摄您的照片会发送给该单位；该单位如何保存，以其与本市的协议为准。",
            en=f"{name.en} compares for this city: the photo in your passport’s chip and the pictures of you are sent "
            "to it. What it keeps is for its agreement with this city to say.",
        )
    return Text(
        zh=f"护照芯片由{name.zh}代为核验：芯片中的照片会发送给该单位，拍摄您的照片不会；该单位如何保存，以其与本市的协议为准。",
        en=f"{name.en} checks the passport’s chip for this city: the photo in the chip is sent to it, the pictures of "
        "you are not. What it keeps is for its agreement with this city to say.",
    )
