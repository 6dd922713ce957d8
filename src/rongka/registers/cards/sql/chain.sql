-- Verification, card, binding, qualification, activation: each on the one before it, of the same person.
ALTER TABLE cards_card
    ADD CONSTRAINT card_needs_verification
    FOREIGN KEY (verification_id, person_id) REFERENCES identity_verification (id, person_id);

ALTER TABLE cards_binding
    ADD CONSTRAINT binding_needs_card
    FOREIGN KEY (card_id, person_id) REFERENCES cards_card (id, person_id),
    ADD CONSTRAINT binding_needs_own_permit_number
    FOREIGN KEY (permit_number_id, person_id) REFERENCES permits_permitnumber (id, person_id);

ALTER TABLE cards_qualification
    ADD CONSTRAINT qualification_needs_binding
    FOREIGN KEY (binding_id, person_id) REFERENCES cards_binding (id, person_id);

ALTER TABLE cards_activation
    ADD CONSTRAINT activation_needs_qualification
    FOREIGN KEY (qualification_id, person_id) REFERENCES cards_qualification (id, person_id);

ALTER TABLE cards_suspension
    ADD CONSTRAINT suspension_needs_activation
    FOREIGN KEY (activation_id, person_id) REFERENCES cards_activation (id, person_id);

ALTER TABLE cards_cancellation
    ADD CONSTRAINT cancellation_needs_activation
    FOREIGN KEY (activation_id, person_id) REFERENCES cards_activation (id, person_id);
