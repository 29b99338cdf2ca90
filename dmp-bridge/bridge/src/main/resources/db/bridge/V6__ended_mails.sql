-- A mail all of whose documents have ended is ENDED until its receipt is settled: found by the index of what is due, and not among
-- all mails that wait. States of a mail: RECEIVED, EXTRACTED, ENDED, SETTLED.
UPDATE message SET state = 'ENDED' WHERE state = 'EXTRACTED'
    AND NOT EXISTS (SELECT 1 FROM document d WHERE d.message = message.id AND d.state NOT IN ('FILED', 'REFUSED'));
