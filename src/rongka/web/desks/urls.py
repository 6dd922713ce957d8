"""Addresses of the desks."""

from django.urls import path

from . import (
    applying,
    arrivals,
    cards,
    codes,
    counter,
    counter_chip,
    deciding,
    face_data,
    passports,
    pictures,
    queue,
    reviews,
    signing,
    visas,
    workers,
)

app_name = "desks"
urlpatterns = [
    path("", signing.home, name="home"),
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("sign-out/", signing.sign_out, name="sign-out"),
    # employer
    path("workers/", workers.workers, name="workers"),
    path("workers/<uuid:person_id>/", workers.worker, name="worker"),
    path("workers/<uuid:person_id>/notice.pdf", workers.notice, name="worker-notice"),
    path("workers/<uuid:person_id>/switch/", applying.switch, name="switch"),
    path("workers/<uuid:person_id>/passport/", passports.new_passport, name="new-passport"),
    path("workers/<uuid:person_id>/passport/recorded/", passports.passport_recorded, name="passport-recorded"),
    path("applications/new/", applying.apply, name="apply"),
    path("applications/<uuid:application_id>/correct/", applying.correct, name="correct"),
    path("applications/<uuid:application_id>/submitted/", applying.submitted, name="submitted"),
    # permit authority
    path("cases/", queue.queue, name="queue"),
    path("cases/next/", queue.next_case, name="next-case"),
    path("cases/<uuid:application_id>/", deciding.case, name="case"),
    path("cases/<uuid:application_id>/decide/", deciding.decide, name="decide"),
    path("cases/<uuid:application_id>/decided/", deciding.decided, name="decided"),
    path("cards/", cards.cards, name="cards"),
    path("cards/<uuid:person_id>/", cards.card, name="card"),
    path("cards/<uuid:person_id>/suspend/", cards.suspend, name="suspend"),
    path("cards/<uuid:person_id>/reinstate/", cards.reinstate, name="reinstate"),
    path("cards/<uuid:person_id>/cancel/", cards.cancel, name="cancel"),
    path("cards/<uuid:person_id>/done/", cards.done, name="card-done"),
    path("face-data/", face_data.face_data, name="face-data"),
    # consulate
    path("notices/", visas.notices, name="notices"),
    path("notices/<str:notice_number>/", visas.notice, name="notice"),
    path("notices/<str:notice_number>/visa/", visas.record_visa, name="record-visa"),
    path("notices/<str:notice_number>/recorded/", visas.visa_recorded, name="visa-recorded"),
    # border
    path("arrivals/", arrivals.arrivals, name="arrivals"),
    path("arrivals/entry/", arrivals.enter, name="enter"),
    path("arrivals/<uuid:admission_id>/", arrivals.entered, name="entered"),
    # verification counter
    path("verifications/", counter.waiting, name="counter"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/next/", reviews.next_review, name="next-review"),
    path("reviews/<uuid:proof_id>/", reviews.review, name="review"),
    path("reviews/<uuid:proof_id>/decide/", reviews.decide_review, name="decide-review"),
    path("reviews/<uuid:proof_id>/decided/", reviews.review_done, name="review-done"),
    path("reviews/<uuid:proof_id>/<uuid:image_id>.jpg", pictures.review_picture, name="review-picture"),
    path("one-time-codes/", codes.one_time, name="one-time-code"),
    path("one-time-codes/<uuid:code_id>/", codes.printed, name="one-time-code-printed"),
    path("verifications/<uuid:admission_id>/", counter.verification, name="verification"),
    path("verifications/<uuid:admission_id>/chip/", counter_chip.chip, name="chip"),
    path("chips/<uuid:check_id>/<uuid:image_id>.jpg", pictures.chip_picture, name="chip-picture"),
    path("verifications/<uuid:admission_id>/examine/", counter.examine, name="examine"),
    path("verifications/<uuid:admission_id>/countersign/", counter.countersign, name="countersign"),
    path("verifications/<uuid:admission_id>/reject/", counter.reject, name="reject"),
    path("verifications/<uuid:admission_id>/done/", counter.done, name="verification-done"),
]
