"""Why an inspector checks a card: the holder reads it beside the check."""

from rongka.text import Text

PUBLIC = "public"
PURPOSES: dict[str, Text] = {
    "daily-inspection": Text(zh="日常巡检", en="Daily inspection"),
    "on-site": Text(zh="用工现场检查", en="Inspection at the work place"),
    "report": Text(zh="举报核查", en="Following up a report"),
    PUBLIC: Text(zh="公众查验（仅看是否有效）", en="Public check (validity only)"),
}
