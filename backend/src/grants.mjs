// Who may do what, outside of the system's own schemas, as PostgreSQL holds it.
//
// A server that grants behind the migrations' backs would undo their REVOKEs and column grants.
// The grants are noted after the last migration and compared before the first request.

const OBJECTS = `
  select 'schema ' || n.nspname as object, n.nspacl as acl from pg_namespace n
   where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  union all
  select 'relation ' || c.oid::regclass, c.relacl
    from pg_class c where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
  union all
  select 'column ' || a.attrelid::regclass || '.' || a.attname, a.attacl
    from pg_attribute a where a.attnum > 0 and not a.attisdropped and a.attacl is not null
  union all
  select 'routine ' || p.oid::regprocedure, p.proacl from pg_proc p where p.proacl is not null
  union all
  select 'defaults of ' || d.defaclrole::regrole || ' for ' || d.defaclobjtype::text || ' in ' || d.defaclnamespace::regnamespace,
         d.defaclacl
    from pg_default_acl d where d.defaclnamespace <> 0
`;

/** Every access list, as a map from the object to the list. */
export async function noteGrants(client) {
  const { rows } = await client.query(`select object, acl::text[] as acl from (${OBJECTS}) o where acl is not null`);
  return new Map(rows.map(({ object, acl }) => [object, acl.sort().join(' ')]));
}

/** Fails, naming the objects, when the grants are no longer the `noted` ones. */
export async function requireSameGrants(client, noted) {
  const present = await noteGrants(client);
  const changed = [...new Set([...noted.keys(), ...present.keys()])].filter(
    (object) => noted.get(object) !== present.get(object),
  );
  if (changed.length > 0) {
    throw new Error(`starting the REST server changed the grants of ${changed.slice(0, 5).join(', ')}`);
  }
}
