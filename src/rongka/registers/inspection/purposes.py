"""Why an inspector checks a card: the holder reads it beside the check."""

from rongka.text import Text

PUBLIC = "public"
ON_SITE = "on-site"  # here the card's place of work is compared with where the inspector stands
PURPOSES: dict[str, Text] = {
    "daily-inspection": Text(zh="日常巡检", en="Daily inspection"),
    ON_SITE: Text(zh="用工现场检查", en="Inspection at the work place"),
    "report": Text(zh="举报核查", en="Following up a report"),
    PUBLIC: Text(zh="公众查验（仅看是否有效）", en="Public check (validity only)"),
}
