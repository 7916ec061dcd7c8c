-- Optional. As specified, visitors read every column of profiles, e-mail and phone included. This
-- leaves them id, full_name and company, which is what an event's page shows of its organizer.
--
-- `profiles(*)` of a visitor then answers 42501: name the columns, `profiles(full_name, company)`.

revoke select on public.profiles from public, anon;
grant select (id, full_name, company) on public.profiles to anon;

notify pgrst, 'reload schema';
