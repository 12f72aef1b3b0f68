-- Verifications of the past year with the call that asked for each; every fiftieth is the first clerk's, the rest are of 500 others.
with numbers as (
    select n, uuidv7(-(interval '1 day' + (@TOTAL@ - n) * interval '30 seconds')) id,
           now() - interval '1 day' - (@TOTAL@ - n) * interval '30 seconds' made,
           case when n % 50 = 0 then 'user:@CLERK@' else 'user:' || md5((n % 500)::text)::uuid end principal,
           lpad((n % 10000)::text, 4, '0') tail, n % 10 < 7 good
    from generate_series(@FIRST@, @LAST@) n),
calls as (
    insert into api_call (id, at, direction, method, endpoint, document_type, number_masked, number_index, status, millis,
                          verification_id, principal)
    select uuidv7(-(interval '1 day' + (@TOTAL@ - n) * interval '30 seconds')), made, 'in', 'POST', '/v1/egov/verify/iin', 'iin',
           '••••••••' || tail, sha256((n % 300000)::text::bytea), 200, 3, id, principal
    from numbers)
insert into verification (id, document_type, number_masked, number_index, status, reason, assurance, provider, source, facts,
                          from_cache, stale, attempts, principal, channel, created_at, checked_at)
select id, 'iin', '••••••••' || tail, sha256((n % 300000)::text::bytea), case when good then 'verified' else 'invalid' end,
       case when not good then 'CHECKSUM' end, case when good then 'OPEN_DATA' else 'LOCAL' end,
       case when good then 'open-data' else 'local' end, case when good then 'person/v1/iin' end, null,
       n % 3 = 0, false, 1, principal, 'api', made, made
from numbers
