-- A principal's verifications of one status and one type, however few they are among the others: a list of several statuses or types
-- reads the newest of each.
create index verification_of_principal_by_status on verification (principal, status, document_type, id desc);
