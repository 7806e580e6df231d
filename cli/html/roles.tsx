import { Name, Reasons, Statements } from './parts';
import { pluralize } from './words';
import type { RoleDetails } from '../access/details';

/** The roles of the page: the policies of each role, shown once for all associations that use it. */
export function Roles({ roles }: { readonly roles: ReadonlyArray<{ readonly id: string; readonly role: RoleDetails; readonly users: number }> }) {
  return (
    <section>
      <h2 id="roles-title">Roles</h2>
      {roles.map(({ id, role, users }) => (
        <div id={id} class="role" role="group" tabIndex={-1} aria-labelledby={`${id}-title`}>
          <h3 id={`${id}-title`}><Name text={role.name} /></h3>
          <p>{pluralize(users, 'service account')} of the matrix {users === 1 ? 'uses' : 'use'} this role.</p>
          {role.layers.map(({ name, policies, unknown }) => (
            <>
              <h4>{name === 'identity policies' ? 'Identity policies' : 'Permissions boundary'}</h4>
              <Reasons title="Not completely known:" reasons={unknown} />
              {policies.length === 0 && unknown.length === 0 && <p>None.</p>}
              {policies.map((policy) => (
                <details>
                  <summary><Name text={policy.name} />: {pluralize(policy.statements.length, 'statement')}</summary>
                  <Statements statements={policy.statements} />
                </details>
              ))}
            </>
          ))}
        </div>
      ))}
    </section>
  );
}
