-- A device hangs on a card; a credential on an activated card and a device of the same person.
ALTER TABLE issuance_device
    ADD CONSTRAINT device_needs_card
    FOREIGN KEY (card_id, person_id) REFERENCES cards_card (id, person_id);

ALTER TABLE issuance_credential
    ADD CONSTRAINT credential_needs_activation
    FOREIGN KEY (activation_id, person_id) REFERENCES cards_activation (id, person_id),
    ADD CONSTRAINT credential_needs_own_device
    FOREIGN KEY (device_id, person_id) REFERENCES issuance_device (id, person_id);

ALTER TABLE issuance_noticecode
    ADD CONSTRAINT printed_code_needs_notice
    FOREIGN KEY (notice_id, person_id) REFERENCES permits_notice (id, person_id);
