DROP FUNCTION forget_uploads_cut_off;
DROP TABLE upload_begun;
