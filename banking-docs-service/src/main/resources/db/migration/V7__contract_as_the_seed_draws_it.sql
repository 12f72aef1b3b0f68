-- The seed draws contract and link as one table, Contract, of which a row is a link. Whoever reports from that drawing reads it here; the
-- name itself belongs to the contract.
create schema seed;

create view seed.contract as
select link.id, contract.user_id, link.document_id, link.operation_status_id
from contract_document link
join contract on contract.id = link.contract_id;
