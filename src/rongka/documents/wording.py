"""The fixed words on our papers; a caller may hand in its own for what the guide says."""

from typing import Final

from rongka.text import Text

NOTICE_TITLE: Final = Text("外国人工作许可通知", "Notice of Foreigner's Work Permit")
HOLDER: Final = Text("持有人", "Holder")
WORK: Final = Text("用人单位与工作", "Employer and work")
VALIDITY: Final = Text("期限", "Dates")

NAME: Final = Text("姓名", "Name")
NAME_MRZ: Final = Text("机读码姓名", "Name (MRZ)")
CHINESE_NAME: Final = Text("中文姓名", "Chinese name")
SEX: Final = Text("性别", "Sex")
NATIONALITY: Final = Text("国籍", "Nationality")
BIRTH: Final = Text("出生日期", "Date of birth")
PASSPORT: Final = Text("护照号码", "Passport number")
PERMIT_NUMBER: Final = Text("工作许可编号", "Work permit number")
CATEGORY: Final = Text("类别", "Category")
EMPLOYER: Final = Text("用人单位", "Employer")
CREDIT_CODE: Final = Text("统一社会信用代码", "Unified credit code")
POST: Final = Text("岗位", "Post")
WORK_PLACE: Final = Text("工作地点", "Place of work")
PERIOD: Final = Text("准许工作期间", "Permitted to work")
VISA_BY: Final = Text("申办签证截止", "Apply for the visa by")
ISSUED: Final = Text("核发日期", "Issued on")

SEXES: Final = {"F": Text("女", "Female"), "M": Text("男", "Male"), "X": Text("未指明", "Unspecified")}

CHECK_NOTE: Final = Text(
    "输入通知编号与姓名首字母，或扫描二维码。二维码只证明文件，不证明持有人：请核对护照。",
    "Type the notice number and first letters of the name, or scan. The code proves the document, never the person: "
    "compare with the passport.",
)
ONE_TIME_CODE: Final = Text("一次性登录码（首次登录用）", "One-time code for the first sign-in")
CARRY_TITLE: Final = Text("入境须携带", "Carry at the border")
# The guide: the card never replaces entry documents; passport and ORIGINAL notice must be carried.
CARRY: Final = (
    Text("护照（附Z字签证）", "Passport with the Z visa"),
    Text("本通知原件", "This notice, the original"),
)
CARRY_WARNING: Final = Text("电子社保卡不可替代入境证件。", "The electronic social security card is no entry document.")
STEPS_TITLE: Final = Text("下一步", "Next steps")
# The guide: the one order, which cannot be reversed; no time limit on claiming the card.
STEPS: Final = (
    Text(
        "持本通知和有效材料，到中国驻外使领馆申办Z字签证。",
        "Apply for the Z visa at a Chinese embassy or consulate, with this notice and valid documents.",
    ),
    Text("持护照、Z字签证和本通知原件入境。", "Enter China with passport, Z visa and the original of this notice."),
    Text(
        "入境后完成实名实人核验，可在线办理或到窗口办理。",
        "After entry, complete real-name and real-person verification, online or at a counter.",
    ),
    Text(
        "申领电子社保卡并绑定工作许可编号，没有申领时限。",
        "Claim the electronic social security card and bind the work permit number; there is no time limit.",
    ),
    Text(
        "系统生成工签资质并激活电子社保卡。",
        "The system generates the work qualification and activates the card.",
    ),
)
FOOT: Final = Text(
    "登录外国人专属入口：通知编号+护照姓名+一次性登录码，无需中国手机号码。本文件由Rongka融卡生成。",
    "Foreigners' channel: sign in with notice number, passport name and one-time code; no phone number. By Rongka.",
)
