"""The reasons that an officer of the permit authority picks from, in both languages."""

from rongka.text import Text

REASONS: dict[str, Text] = {
    "passport-copy-unreadable": Text(zh="护照资料页不清晰", en="The passport data page cannot be read"),
    "name-not-as-printed": Text(zh="姓名与护照所印不一致", en="The name is not as printed in the passport"),
    "degree-not-verified": Text(zh="学历学位未经认证", en="The degree has not been verified"),
    "no-criminal-record-missing": Text(zh="缺少无犯罪记录证明", en="The certificate of no criminal record is missing"),
    "experience-not-proved": Text(zh="工作经历证明不足", en="The work experience is not proved"),
    "contract-missing": Text(zh="缺少聘用合同或派遣证明", en="The contract or the letter of assignment is missing"),
    "category-not-met": Text(zh="不符合所申请类别的条件", en="The conditions of the category applied for are not met"),
    "employer-not-eligible": Text(zh="用人单位不符合聘用条件", en="The employer may not employ foreigners"),
    "false-documents": Text(zh="提供虚假材料", en="Documents are false"),
    "other": Text(zh="其他（见说明）", en="Other (see the note)"),
}
