-- Lists of one category, whatever the status: without it a list of a category that few documents have would read them all.
create index document_of_category on document (category_id, uploaded_at desc, id desc) where deleted_at is null;
