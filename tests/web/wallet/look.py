import os
from pathlib import Path
import pytest
from rongka.rulebook.order import State
from tests.registers.city import NOW, passport
from tests.web.wallet.issuer import verdict_on
pytestmark=[pytest.mark.django_db]
OUT=Path("/tmp/wl/shots"); OUT.mkdir(parents=True, exist_ok=True)
LONG=("WOLFESCHLEGELSTEINHAUSENBERGERDORFF","HUBERT BLAINE MAXIMILIAN")
ONLY=os.environ.get("ONLY","").split(",") if os.environ.get("ONLY") else None
SHOTS=[("signin",None,"sign-in/"),
 ("notice",State.NOTICE_ISSUED,""),("visa",State.VISA_ISSUED,""),("admitted",State.ADMITTED,""),("examined",State.EXAMINED,""),("verify",State.ADMITTED,"verification/"),
 ("verified",State.VERIFIED,""),("claim",State.VERIFIED,"card/"),("claimed",State.CARD_CLAIMED,"card/claimed/"),("bind",State.CARD_CLAIMED,"binding/"),
 ("bound",State.BOUND,"binding/done/"),("active",State.ACTIVE,""),("activated",State.ACTIVE,"activated/"),("boundactive",State.ACTIVE,"binding/done/"),("code",State.ACTIVE,"code/"),("licence",State.ACTIVE,"licence/"),
 ("services",State.ACTIVE,"services/"),("me",State.ACTIVE,"me/"),("checks",State.ACTIVE,"checks/"),
 ("suspended",State.SUSPENDED,""),("nocode",State.SUSPENDED,"code/"),("cancelled",State.CANCELLED,"licence/"),("notyet",State.ADMITTED,"card/"),("nocodeyet",State.ADMITTED,"code/")]
LANGS=os.environ.get("LANGS","en,zh-hans").split(",")
WIDTHS=[int(w) for w in os.environ.get("WIDTHS","390").split(",")]
@pytest.mark.parametrize("lang",LANGS)
@pytest.mark.parametrize("shot",[s for s in SHOTS if not ONLY or s[0] in ONLY],ids=lambda s:s[0])
def test_look(open_page,holder_at,client,lang,shot):
    name,state,path=shot
    if state:
        holder_at(state, data=passport(*LONG) if os.environ.get("LONGNAME") else passport("MÜLLER","ANNA MARIA"))
    for w in WIDTHS:
        page=open_page(f"/{lang}/wallet/{path}",width=w)
        page.screenshot(path=OUT/f"{name}-{lang[:2]}-{w}.png",full_page=True)
        if name=="code":
            page.get_by_role("button").first.click(); page.wait_for_selector("canvas:visible"); page.wait_for_timeout(300)
            page.screenshot(path=OUT/f"{name}2-{lang[:2]}-{w}.png")
            print(page.locator("canvas").bounding_box(), verdict_on(page.locator("[data-code-text]").text_content()).kind)
        if name=="licence":
            page.get_by_role("button").first.click(); page.wait_for_timeout(200)
            page.screenshot(path=OUT/f"{name}2-{lang[:2]}-{w}.png",full_page=True)
