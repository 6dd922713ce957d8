"""The order in the database: a step that hangs on nothing, or on another person's step, cannot be written down."""

import json
import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from rongka.registers.evidence.commands import open_pairing
from rongka.registers.identity.looking import open_images
from rongka.registers.identity.models import FaceProof
from rongka.registers.identity.reviewing import accept_proof
from rongka.rulebook.order import State
from tests.registers.city import NOW, OVERSEAS, City
from tests.registers.online import KEYS, Online

pytestmark = pytest.mark.django_db

# Table, the column that points at the step before, the constraint that says why.
STEPS = [
    ("permits_submission", "application_id", "submission_needs_application"),
    ("permits_ruling", "submission_id", "ruling_needs_submission"),
    ("permits_notice", "ruling_id", "notice_needs_approved_overseas_application"),
    ("permits_visa", "notice_id", "visa_needs_notice"),
    ("permits_entry", "visa_id", "entry_needs_visa"),
    ("permits_admission", "entry_id", "admission_needs_own_entry"),
    ("identity_examination", "admission_id", "examination_needs_admission"),
    ("identity_verification", "admission_id", "verification_needs_admission"),
    ("identity_verification", "examination_id", "verification_needs_examination_by_its_officer"),
    ("cards_card", "verification_id", "card_needs_verification"),
    ("cards_binding", "card_id", "binding_needs_card"),
    ("cards_binding", "permit_number_id", "binding_needs_own_permit_number"),
    ("cards_qualification", "binding_id", "qualification_needs_binding"),
    ("cards_activation", "qualification_id", "activation_needs_qualification"),
]
# The state in which the step is the next one; three steps are written together with another and are taken away again.
READY = {
    "permits_submission": (State.APPLIED, True),
    "permits_ruling": (State.APPLIED, False),
    "permits_notice": (State.NOTICE_ISSUED, True),
    "permits_visa": (State.NOTICE_ISSUED, False),
    "permits_entry": (State.VISA_ISSUED, False),
    "permits_admission": (State.ADMITTED, True),
    "identity_examination": (State.ADMITTED, False),
    "identity_verification": (State.EXAMINED, False),
    "cards_card": (State.VERIFIED, False),
    "cards_binding": (State.CARD_CLAIMED, False),
    "cards_qualification": (State.BOUND, False),
    "cards_activation": (State.QUALIFIED, False),
}
LEGACY_STEPS = [
    ("permits_application", "legacy_permit_id", "switch_needs_own_legacy_permit"),
    ("permits_switch", "ruling_id", "switch_needs_approved_renewal"),
    ("permits_admission", "switch_id", "admission_needs_own_switch"),
]
PARENTS = {
    "application_id": "permits_application",
    "submission_id": "permits_submission",
    "ruling_id": "permits_ruling",
    "notice_id": "permits_notice",
    "visa_id": "permits_visa",
    "entry_id": "permits_entry",
    "admission_id": "permits_admission",
    "examination_id": "identity_examination",
    "verification_id": "identity_verification",
    "card_id": "cards_card",
    "permit_number_id": "permits_permitnumber",
    "binding_id": "cards_binding",
    "qualification_id": "cards_qualification",
}
UNIQUE_TEXTS = ["number", "reference"]


def row_of(table: str, person_id: uuid.UUID) -> dict:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t) FROM {table} t WHERE person_id = %s LIMIT 1", [person_id])  # noqa: S608
        found = cursor.fetchone()
    return json.loads(found[0]) if found else {}


def insert(table: str, row: dict) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} SELECT * FROM jsonb_populate_record(NULL::{table}, %s)",  # noqa: S608
            [json.dumps(row)],
        )


def refusal(table: str, row: dict) -> tuple[str, str | None]:
    """Insert the row as somebody with a database shell would; return the class and the constraint of the refusal."""
    with pytest.raises(IntegrityError) as refused:
        insert(table, row)
    cause = refused.value.__cause__
    return type(cause).__name__, cause.diag.constraint_name


def fresh(row: dict, person_id: uuid.UUID) -> dict:
    texts = {name: uuid.uuid4().hex[:16] for name in UNIQUE_TEXTS if name in row}
    version = {"version": 9} if "version" in row else {}
    return row | texts | version | {"id": str(uuid.uuid4()), "person_id": str(person_id)}


@pytest.fixture(scope="module")
def people(founded, module_transaction):
    """Take two persons to each state."""
    with module_transaction():
        return {state: (founded.person_at(state), founded.person_at(state)) for state in OVERSEAS}


def ready_for(person_id: uuid.UUID, table: str) -> uuid.UUID:
    """Take away what was written together with the step before, so that the step of this table is the next one."""
    _, take_away = READY[table]
    if take_away:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE person_id = %s", [person_id])  # noqa: S608
    return person_id


def row_for(person_id: uuid.UUID, *, like: uuid.UUID, table: str) -> dict:
    """Make a row that would be right for this person: of the shape of another's, on this person's own steps."""
    row = fresh(row_of(table, like), person_id)
    own = {key: row_of(parent, person_id).get("id") for key, parent in PARENTS.items() if key in row}
    if table == "identity_verification":
        own["examined_by"] = row_of("identity_examination", person_id)["officer_id"]
    return row | own


@pytest.mark.parametrize(("table", "key", "constraint"), STEPS, ids=[step[2] for step in STEPS])
def test_a_step_that_hangs_on_nothing_is_refused_by_name(people, table, key, constraint):
    [newcomer, _], [done, _] = people[READY[table][0]], people[State.ACTIVE]
    row = row_for(ready_for(newcomer, table), like=done, table=table)

    kind, name = refusal(table, row | {key: str(uuid.uuid4())})

    assert (kind, name) == ("ForeignKeyViolation", constraint)


@pytest.mark.parametrize(("table", "key", "constraint"), STEPS, ids=[step[2] for step in STEPS])
def test_a_step_on_another_persons_step_is_refused_by_name(people, table, key, constraint):
    [newcomer, other], [done, _] = people[READY[table][0]], people[State.ACTIVE]
    row = row_for(ready_for(newcomer, table), like=done, table=table)

    kind, name = refusal(table, row | {key: row_of(PARENTS[key], ready_for(other, table))["id"]})

    assert (kind, name) == ("ForeignKeyViolation", constraint)


@pytest.mark.parametrize(("table", "key", "constraint"), STEPS, ids=[step[2] for step in STEPS])
def test_a_step_without_a_key_is_refused(people, table, key, constraint):
    [newcomer, _], [done, _] = people[READY[table][0]], people[State.ACTIVE]
    row = row_for(ready_for(newcomer, table), like=done, table=table)

    kind, name = refusal(table, row | {key: None})

    if table == "permits_admission":
        assert (kind, name) == ("CheckViolation", "admission_needs_entry_or_switch")
    elif key == "examination_id":
        assert (kind, name) == ("CheckViolation", "verification_needs_two_officers_or_accepted_proof")
    else:
        assert kind == "NotNullViolation"


@pytest.mark.parametrize(("table", "key", "constraint"), LEGACY_STEPS, ids=[step[2] for step in LEGACY_STEPS])
def test_a_switch_hangs_on_the_own_legacy_permit_and_its_approval(city: City, table, key, constraint):
    done, newcomer = city.person_at(State.ACTIVE, legacy=True), city.person_at(State.LEGACY, legacy=True)
    row = fresh(row_of(table, done), newcomer)

    kind, name = refusal(table, row | {key: str(uuid.uuid4())})

    assert (kind, name) == ("ForeignKeyViolation", constraint)


@pytest.mark.parametrize(
    ("table", "change", "constraint"),
    [
        ("permits_notice", {"outcome": "refused"}, "notice_only_on_approval"),
        ("permits_notice", {"kind": "extension"}, "notice_only_for_overseas_application"),
        ("permits_ruling", {"outcome": "refused", "reasons": []}, "ruling_against_has_reasons"),
        ("permits_submission", {"category": "D", "version": 9}, "submission_category_is_a_b_or_c"),
        ("permits_submission", {"valid_until": "2020-01-01", "version": 9}, "submission_period_runs_forward"),
        ("permits_application", {"kind": "extension"}, "switch_needs_legacy_permit"),
        ("cards_qualification", {"category": "D"}, "qualification_category_is_a_b_or_c"),
        ("cards_qualification", {"valid_until": "2020-01-01"}, "qualification_period_runs_forward"),
        ("identity_verification", {"level": "selfie"}, "verification_level_is_known"),
    ],
)
def test_what_a_row_may_not_say_is_refused_by_name(people, table, change, constraint):
    person_id, _ = people[State.ACTIVE]
    row = fresh(row_of(table, person_id), person_id)

    kind, name = refusal(table, row | change)

    assert (kind, name) == ("CheckViolation", constraint)


def test_one_officer_cannot_be_both(city: City):
    person_id = city.person_at(State.EXAMINED)
    row = fresh(row_of("identity_verification", city.person_at(State.ACTIVE)), person_id)
    examination = row_of("identity_examination", person_id)
    row |= {
        "admission_id": examination["admission_id"],
        "examination_id": examination["id"],
        "examined_by": examination["officer_id"],
        "countersigned_by": examination["officer_id"],
    }

    kind, name = refusal("identity_verification", row)

    assert (kind, name) == ("CheckViolation", "verification_by_two_different_officers")


def test_nobody_can_sign_in_the_examiners_place(city: City):
    person_id = city.person_at(State.EXAMINED)
    row = fresh(row_of("identity_verification", city.person_at(State.ACTIVE)), person_id)
    examination = row_of("identity_examination", person_id)
    row |= {"admission_id": examination["admission_id"], "examination_id": examination["id"]}
    row |= {"examined_by": str(uuid.uuid4())}

    kind, name = refusal("identity_verification", row)

    assert (kind, name) == ("ForeignKeyViolation", "verification_needs_examination_by_its_officer")


@pytest.mark.parametrize(
    ("table", "constraint"),
    [
        ("permits_visa", "permits_visa_notice_id_key"),
        ("permits_entry", "permits_entry_visa_id_key"),
        ("identity_verification", "identity_verification_admission_id_key"),
        ("cards_card", "cards_card_person_id_key"),
        ("cards_activation", "cards_activation_qualification_id_key"),
    ],
)
def test_no_step_happens_twice(people, table, constraint):
    person_id, _ = people[State.ACTIVE]
    row = fresh(row_of(table, person_id), person_id)

    kind, name = refusal(table, row)

    assert (kind, name) == ("UniqueViolation", constraint)


NOWHERE = str(uuid.uuid4())
OFFICER = str(uuid.uuid4())
# What the database refuses of the way online: a table, what its row would say, and the constraint that says why.
ONLINE = [
    ("evidence_faceconsent", {"admission_id": NOWHERE}, "consent_needs_admission"),
    ("evidence_faceconsent", {}, "one_face_consent_at_a_time"),
    ("evidence_pairing", {"admission_id": NOWHERE, "secret_digest": "x"}, "pairing_needs_admission"),
    ("evidence_documentcheck", {"admission_id": NOWHERE}, "document_check_needs_admission"),
    ("evidence_documentcheck", {"pairing_id": NOWHERE}, "document_check_by_its_own_pairing"),
    ("evidence_documentcheck", {"status": "fail", "agrees": False}, "document_has_a_level_only_when_passed"),
    ("evidence_documentcheck", {"status": "cannot_verify", "level": "none"}, "document_agrees_only_when_passed"),
    ("evidence_documentcheck", {"differences": ["number"]}, "document_agrees_only_when_passed"),
    ("evidence_documentcheck", {"source": "counter"}, "document_check_at_a_counter_names_its_officer"),
    ("evidence_storedimage", {"key_id": NOWHERE}, "image_needs_key_of_its_person"),
    ("evidence_storedimage", {"kind": "template"}, "image_is_a_checks_portrait_or_a_proofs_frame"),
    ("evidence_storedimage", {"box": None}, "image_is_held_or_deleted"),
    ("evidence_personkey", {}, "person_has_one_key"),
    ("evidence_personkey", {"destroyed_at": "2026-01-01"}, "key_is_kept_or_destroyed"),
    ("evidence_deletion", {"images": 0}, "deletion_deleted_something"),
    ("identity_faceproof", {"outcome": "submitted", "ended_at": None}, "one_proof_at_a_time"),
    ("identity_faceproof", {"admission_id": NOWHERE}, "proof_needs_admission"),
    ("identity_faceproof", {"consent_id": NOWHERE}, "proof_needs_consent"),
    ("identity_faceproof", {"document_check_id": NOWHERE}, "proof_needs_own_document_that_agrees"),
    ("identity_faceproof", {"document_agrees": False}, "proof_needs_document_that_agrees"),
    ("identity_faceproof", {"outcome": "open"}, "proof_outcome_has_its_instants"),
    ("identity_faceproof", {"outcome": "accepted"}, "proof_is_reviewed_by_an_officer"),
    (
        "identity_faceproof",
        {"outcome": "rejected", "reviewed_by": OFFICER},
        "proof_refused_has_reasons",
    ),
    ("identity_verification", {"reviewed_by": OFFICER}, "verification_needs_proof_accepted_by_its_officer"),
    ("identity_verification", {"proof_id": NOWHERE}, "verification_needs_proof_accepted_by_its_officer"),
    ("identity_verification", {"document_check_id": NOWHERE}, "verification_needs_own_document_of_its_level"),
    ("identity_verification", {"document_level": "L3"}, "verification_needs_own_document_of_its_level"),
    ("identity_verification", {"level": "L3"}, "verification_needs_two_officers_or_accepted_proof"),
    ("identity_verification", {"proof_outcome": "submitted"}, "verification_needs_two_officers_or_accepted_proof"),
    ("identity_verification", {"proof_outcome": None}, "verification_needs_two_officers_or_accepted_proof"),
    ("identity_verification", {"reviewed_by": None}, "verification_needs_two_officers_or_accepted_proof"),
    ("identity_verification", {"examined_by": OFFICER}, "verification_needs_two_officers_or_accepted_proof"),
    (
        "identity_verification",
        {"document_check_id": None, "document_level": None},
        "verification_rests_on_the_level_of_its_document",
    ),
]


def test_no_step_of_the_way_online_can_be_written_out_of_order_or_on_another_persons(city: City):
    online, other = Online.admitted(city), Online.admitted(city)
    accepted_id = other.submit()
    open_images(actor=city.examiner, at=NOW, subject_id=accepted_id, keys=KEYS)
    accept_proof(actor=city.examiner, at=NOW, proof_id=accepted_id)
    proof_id = online.submit()
    open_pairing(actor=online.actor, at=NOW, admission_id=online.admission_id)
    proof = row_of("identity_faceproof", online.person_id) | {"outcome": "withdrawn", "ended_at": "2026-01-01"}
    own = {"admission_id": proof["admission_id"], "document_check_id": proof["document_check_id"]}
    rows = {table: row_of(table, online.person_id) for table, _, _ in ONLINE if table != "evidence_deletion"}
    rows["identity_faceproof"] = proof
    rows["identity_verification"] = row_of("identity_verification", other.person_id) | own
    rows["identity_verification"] |= {"proof_id": str(proof_id), "person_id": str(online.person_id)}
    officer = rows["identity_verification"]["reviewed_by"]
    rows["evidence_deletion"] = {"reason": "time-over", "images": 1, "persons": 1, "keys": 0, "at": "2026-01-01"}

    found = []
    for table, change, constraint in ONLINE:
        if constraint == "verification_needs_own_document_of_its_level":  # else the proof would be missed first
            FaceProof.objects.filter(id=proof_id).update(outcome="accepted", ended_at=NOW, reviewed_by=officer)
        found.append((table, change, refusal(table, rows[table] | {"id": str(uuid.uuid4())} | change)[1]))
    strangers = {name: row_of("identity_faceproof", other.person_id)[name] for name in ("consent_id", "admission_id")}
    crossed = [refusal("identity_faceproof", proof | {"id": NOWHERE, name: strangers[name]})[1] for name in strangers]

    assert found == ONLINE
    assert crossed == ["proof_needs_consent", "proof_needs_admission"]


def test_a_right_row_is_accepted_by_the_same_way(city: City):
    """The negative control: what refuses above is the constraint, not the way of inserting."""
    done, other = city.person_at(State.ACTIVE), city.person_at(State.NOTICE_ISSUED)
    row = fresh(row_of("permits_visa", done), other)

    insert("permits_visa", row | {"notice_id": row_of("permits_notice", other)["id"]})

    assert row_of("permits_visa", other)["id"] == row["id"]
