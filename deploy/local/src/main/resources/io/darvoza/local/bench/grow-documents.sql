-- Documents of the past year, evenly over 2000 clients, but the first ten thousand, which are one client's. Few of them wait.
insert into user_account (id, keycloak_sub, user_type_id, created_at)
select 1000000 + n, case when n = 0 then '@SUBJECT@' else 'bench-' || n end, 1, now() from generate_series(0, 2000) n
on conflict do nothing;

insert into document (id, user_id, worker_id, category_id, description, status_id, plan_maturity_date, uploaded_at)
select @BASE@ + n, case when n <= 10000 then 1000000 else 1000001 + n % 2000 end,
       case when n % 50 = 0 then null else 456 end, 1 + n % 5,
       (array['Договор', 'Справка', 'Выписка', 'Паспорт', 'Заявление', 'Акт', 'Счёт', 'Доверенность', 'Анкета', 'Полис'])[1 + n % 10]
           || ' ' || (array['аренды', 'о доходах', 'банка', 'гражданина', 'на кредит', 'приёмки', 'за услуги', 'на сделку',
                            'заёмщика', 'страхования'])[1 + (n / 10) % 10]
           || ' ' || (array['квартиры', 'гаража', 'машины', 'дома', 'дачи', 'склада', 'офиса', 'участка', 'лодки', 'мастерской'])[1 + (n / 100) % 10]
           || case when n % 5000 = 0 then ' и рояля' else '' end || ' № ' || n,
       case when n % 50 = 0 then 11 when n % 50 = 1 then 13 else (array[12, 14, 14, 14, 15])[1 + n % 5] end,
       (now() - (@TOTAL@ - n) * interval '30 seconds')::date + 7, now() - interval '1 minute' - (@TOTAL@ - n) * interval '30 seconds'
from generate_series(@FIRST@, @LAST@) n;

insert into document_version (document_id, no, storage_key, size, sha256, declared_type, detected_type, page_count, scan_status,
                              original_name, created_by, created_at)
select @BASE@ + n, 1, 'grown/' || n, 20000, sha256(n::text::bytea), 'application/pdf', 'application/pdf', 2, 'not_scanned',
       'scan-' || n || '.pdf', case when n <= 10000 then 1000000 else 1000001 + n % 2000 end, now()
from generate_series(@FIRST@, @LAST@) n;

insert into stat (document_id, user_id, date, operation_status_id, from_status_id, actor)
select @BASE@ + n, case when n <= 10000 then 1000000 else 1000001 + n % 2000 end, now(), 11, null, 'user:bench-' || n % 2000
from generate_series(@FIRST@, @LAST@) n
