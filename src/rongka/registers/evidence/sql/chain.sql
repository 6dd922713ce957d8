-- Evidence belongs to an admission and to its own person; a picture to a key of its own person.
ALTER TABLE evidence_faceconsent
    ADD CONSTRAINT consent_needs_admission
    FOREIGN KEY (admission_id, person_id) REFERENCES permits_admission (id, person_id);

ALTER TABLE evidence_pairing
    ADD CONSTRAINT pairing_needs_admission
    FOREIGN KEY (admission_id, person_id) REFERENCES permits_admission (id, person_id);

ALTER TABLE evidence_documentcheck
    ADD CONSTRAINT document_check_needs_admission
    FOREIGN KEY (admission_id, person_id) REFERENCES permits_admission (id, person_id),
    ADD CONSTRAINT document_check_by_its_own_pairing
    FOREIGN KEY (pairing_id, admission_id, person_id) REFERENCES evidence_pairing (id, admission_id, person_id);

ALTER TABLE evidence_storedimage
    ADD CONSTRAINT image_needs_key_of_its_person
    FOREIGN KEY (key_id, person_id) REFERENCES evidence_personkey (id, person_id);
