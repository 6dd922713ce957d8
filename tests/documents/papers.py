"""Example papers for the tests, with ordinary and with difficult data."""

from datetime import date

from rongka.documents.notice import NoticeDocument
from rongka.text import Text

# As long as our printed codes are: about 500 characters in base45's alphabet.
CODE = "RK1:" + "6BF+70690T9WJWG.FKY*4GO0.O1CV2 O5 N2FBBRW1*70HS8WY04AC*WIFN0AHCD8KD97TK0F90KECTHGWJC0" * 6


def notice(**changes: object) -> NoticeDocument:
    data = {
        "notice_number": "SH-2026-000123",
        "permit_number": "310000202600123",
        "name": "MÜLLER, ANNA MARIA",
        "name_mrz": "MUELLER, ANNA MARIA",
        "chinese_name": "安娜·穆勒",
        "sex": "F",
        "nationality": Text("德国", "Germany"),
        "birth_on": date(1989, 1, 1),
        "passport_number": "C01X00T47",
        "category": Text("A类：外国高端人才", "A: high-end talent"),
        "employer": Text("上海星河机器人有限公司", "Shanghai Xinghe Robotics Co., Ltd."),
        "credit_code": "91310000MA1FL0A03X",
        "post": Text("高级算法工程师", "Senior algorithm engineer"),
        "work_place": Text("上海市浦东新区", "Pudong New Area, Shanghai"),
        "first_day": date(2026, 12, 1),
        "last_day": date(2028, 11, 30),
        "authority": Text("演示市外国人工作管理局", "Demo City Foreign Workers' Office"),
        "issued_on": date(2026, 11, 25),
        "check_at": "https://rongka.example/check-notice",
        "code": CODE,
        "demo": True,
        "one_time_code": "7K4M-QX2R",
        "apply_for_visa_by": date(2027, 2, 25),
    }
    return NoticeDocument(**(data | changes))


def long_notice(**changes: object) -> NoticeDocument:
    data = {
        "name": "WOLFESCHLEGELSTEINHAUSENBERGERDORFF-VENKATANARASIMHARAJUVARIPETA, ADOLPH BLAINE CHARLES DAVID EARL",
        "name_mrz": "WOLFESCHLEGELSTEINHAUSENBERGERDORFF VEN, A",
        "chinese_name": "沃尔夫施莱格尔斯泰因豪森贝格多夫·阿道夫·布莱恩·查尔斯·大卫",
        "employer": Text(
            "中国（上海）自由贸易试验区临港新片区国际智能网联汽车与高端装备技术创新联合研究中心有限责任公司上海第一分公司",
            "International Intelligent Connected Vehicles and High-End Equipment Technology Innovation Joint Research "
            "Center (Lin-gang Special Area) Limited Liability Company, Shanghai First Branch",
        ),
        "post": Text(
            "首席智能网联汽车功能安全与信息安全架构师兼研发总监", "Chief architect for functional safety " * 4
        ),
        "work_place": Text(
            "上海自由贸易试验区临港新片区环湖西二路888号A座1201室", "Room 1201, No. 888 Huanhu West 2nd Road"
        ),
    }
    return notice(**(data | changes))
