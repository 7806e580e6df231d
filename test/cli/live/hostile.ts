import { ServerResponse } from 'http';
import { Account, Answer, AwsError, Input, Raw, Received } from './aws-server';
import { asXml, serviceOf } from './model';

/** Text that must never be printed. */
export const CREDENTIALS = {
  accessKeyId: `ASIA${'Y34FZKBOKMUTVV7A'}`,
  secretAccessKey: `wJalrXUtnFEMI/K7MDENG/${'bPxRfiCYEXAMPLEKEY'}`,
  sessionToken: `IQoJb3JpZ2luX2VjEOr${'FwoGZXIvYXdzEBYaDK+/'.repeat(20)}==`,
};

/** Whether its answers are XML. */
export const isXml = (operation: string) => serviceOf(operation).wire === 'query';

/** Whether its errors are XML. */
export const hasXmlErrors = (operation: string) => isXml(operation) || serviceOf(operation).wire === 's3';

/** The number of bytes that the behaviors below have sent. */
export const sent = { bytes: 0 };

/** Writes parts until the connection ends. */
function writeOn(response: ServerResponse, part: string, everyMs = 0): void {
  const next = () => {
    if (response.destroyed || response.socket?.destroyed) { return; }
    sent.bytes += part.length;
    const isTaken = response.write(part);
    if (everyMs > 0) {
      setTimeout(next, everyMs);
    } else if (isTaken) {
      setImmediate(next);
    } else {
      response.once('drain', next);
    }
  };
  next();
}

function text(status: number, body: string, headers: { readonly [name: string]: string } = {}): Raw {
  return new Raw((response) => {
    response.writeHead(status, headers);
    response.end(body);
  });
}

const HTML = '<!DOCTYPE html><html><head><title>Log in</title></head><body>Please log in</body></html>';

const echo = ({ request, body }: Received) => [
  `${request.method} ${request.url}`,
  ...Object.entries(request.headers).map(([name, value]) => `${name}: ${String(value)}`),
  '',
  body,
].join('\n');

/** A whole answer, as bytes: what a server does to it comes later. */
export function bytesOf(operation: string, answer: Answer): string {
  if (serviceOf(operation).wire === 's3') { return (answer as { readonly Policy?: string }).Policy ?? ''; }
  return isXml(operation)
    ? `<${operation}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><${operation}Result>`
      + `${asXml(serviceOf(operation).operations.get(operation)!.output, answer)}</${operation}Result></${operation}Response>`
    : JSON.stringify(answer);
}

/** What a server may do in the place of an answer. `usual` is the answer that it would give. */
export type Behaviour = (operation: string, usual: (input: Input) => Answer) => (input: Input) => Answer;

const always = (raw: Raw | ((operation: string) => Answer)): Behaviour => (operation) => () => (
  raw instanceof Raw ? raw : raw(operation));

/** Behaviors that end by themselves, at least after the attempts of the SDK. */
export const QUICK: { readonly [name: string]: Behaviour } = {
  'an empty answer': always(text(200, '')),
  'an empty answer of the other kind': always((operation) => text(200, isXml(operation) ? '<a/>' : '{}')),
  'an empty answer without its parts': always((operation) => text(200, bytesOf(operation, {}))),
  'blanks': always(text(200, ' \n ')),
  'null': always(text(200, 'null')),
  'a number': always(text(200, '7')),
  'a list': always(text(200, '[]')),
  'HTML': always(text(200, HTML, { 'content-type': 'text/html' })),
  'HTML as an error': always(text(403, HTML, { 'content-type': 'text/html' })),
  'HTML of a gateway': always(text(502, '<html><body>Bad Gateway</body></html>')),
  'an error without a body': always(text(403, '')),
  'a failure without a body': always(text(503, '')),
  'an error that is a list': always(text(400, '[1]')),
  'an error whose parts are structures': always((operation) => text(400, hasXmlErrors(operation)
    ? '<ErrorResponse><Error><Code><a>1</a></Code><Message><b>2</b></Message></Error></ErrorResponse>'
    : '{"message":{"a":1},"__type":["x"],"code":7}')),
  'an error of 1 MB': always(text(400, JSON.stringify({ message: 'x'.repeat(1_000_000) }))),
  'status 204': always(text(204, '')),
  'status 999': always(text(999, '{}')),
  'the other protocol': always((operation) => text(200, isXml(operation) ? '{"Role":{}}' : '<GetRoleResponse/>')),
  'the answer to another operation': always((operation) => text(200, isXml(operation)
    ? bytesOf('ListRoles', { Roles: [] }) : '{"clusters":["prod"]}')),
  'an endless body': always(new Raw((response) => { response.writeHead(200); writeOn(response, 'x'.repeat(65_536)); })),
  'an endless list': always((operation) => new Raw((response) => {
    const [start] = bytesOf(operation, {}).split(/(?=<\/\w+Result>|\}$)/);
    response.writeHead(200);
    response.write(`${start}${isXml(operation) ? '<PolicyNames>' : '"associations":[{}'}`);
    writeOn(response, (isXml(operation) ? '<member>a</member>' : ',{}').repeat(4000));
  })),
  'an endless error': always(new Raw((response) => {
    response.writeHead(400);
    writeOn(response, 'x'.repeat(65_536));
  })),
  'half an answer, then a reset': (operation, usual) => (input) => new Raw((response) => {
    const whole = bytesOf(operation, usual(input));
    response.writeHead(200, { 'content-length': String(whole.length) });
    response.write(whole.slice(0, whole.length / 2), () => setTimeout(() => response.socket?.resetAndDestroy(), 20));
  }),
  'a content-length that is too long': (operation, usual) => (input) => new Raw((response) => {
    const whole = bytesOf(operation, usual(input));
    response.writeHead(200, { 'content-length': String(whole.length + 10) });
    response.write(whole, () => setTimeout(() => response.socket?.destroy(), 20));
  }),
  'a content-length that is too short': (operation, usual) => (input) => new Raw((response) => {
    const whole = bytesOf(operation, usual(input));
    response.socket!.end(`HTTP/1.1 200 OK\r\ncontent-length: ${Math.floor(whole.length / 2)}\r\nconnection: close\r\n\r\n${whole}`);
  }),
  'a connection that is closed': always(new Raw((response) => { response.socket?.destroy(); })),
  'something other than HTTP': always(new Raw((response) => { response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n'); })),
  'headers without end': always(new Raw((response) => {
    const socket = response.socket!;
    socket.on('error', () => undefined);
    socket.write('HTTP/1.1 200 OK\r\n');
    const next = () => { if (!socket.destroyed && socket.write(`x-${'a'.repeat(1000)}: b\r\n`)) { setImmediate(next); } };
    next();
  })),
  'a redirect': always(text(301, '', { location: 'http://127.0.0.1:9/elsewhere' })),
  'a redirect to itself': always(text(307, '', { location: '/' })),
  'the request, as an answer': always(new Raw((response, received) => {
    response.writeHead(200);
    response.end(echo(received));
  })),
  'the request, as an error': always(new Raw((response, received) => {
    response.writeHead(400);
    response.end(JSON.stringify({ message: echo(received), __type: 'ValidationException' }));
  })),
  'the request, as an error in XML': always(new Raw((response, received) => {
    response.writeHead(400);
    response.end(`<ErrorResponse><Error><Code>Bad</Code><Message>${echo(received)
      .replace(/[&<>]/g, (one) => `&#${one.charCodeAt(0)};`)}</Message></Error></ErrorResponse>`);
  })),
  'throttling that does not end': always((operation) => new AwsError(
    hasXmlErrors(operation) ? 'Throttling' : 'ThrottlingException', 'Rate exceeded',
    hasXmlErrors(operation) ? 400 : 429)),
  'a clock that is wrong': always(() => new AwsError('RequestTimeTooSkewed', 'The difference is too large', 403)),
  'a document type': (operation, usual) => (input) => text(200, `<!DOCTYPE a [<!ENTITY b "c">]>${bytesOf(operation, usual(input))}`),
  'many document types': always(text(200, '<!DOCTYPE a>'.repeat(100_000))),
  'a comment in the answer': (operation, usual) => (input) => (
    text(200, bytesOf(operation, usual(input)).replace(/[>{]/, '$&<!-- -->'))),
  'deep nesting': always(text(200, '<a>'.repeat(100_000))),
  'deep nesting of JSON': always(text(200, '['.repeat(1_000_000))),
};

/** Behaviors that only a limit of time ends. */
export const SLOW: { readonly [name: string]: Behaviour } = {
  'silence': always(new Raw(() => undefined)),
  'a head, then silence': always(new Raw((response) => { response.writeHead(200); response.flushHeaders(); })),
  'a body that drips': always(new Raw((response) => { response.writeHead(200); writeOn(response, ' ', 20); })),
  'an error that drips': always(new Raw((response) => { response.writeHead(500); writeOn(response, ' ', 20); })),
  'a head that drips': always(new Raw((response) => {
    const socket = response.socket!;
    socket.on('error', () => undefined);
    socket.write('HTTP/1.1 200 OK\r\nx-header: ');
    const timer = setInterval(() => {
      if (socket.destroyed) { clearInterval(timer); } else { socket.write('a'); }
    }, 20);
  })),
  'half an answer, then silence': (operation, usual) => (input) => new Raw((response) => {
    const whole = bytesOf(operation, usual(input));
    response.writeHead(200, { 'content-length': String(whole.length) });
    response.write(whole.slice(0, whole.length / 2));
  }),
  'interim answers without end': always(new Raw((response) => {
    const socket = response.socket!;
    socket.on('error', () => undefined);
    const timer = setInterval(() => {
      if (socket.destroyed) { clearInterval(timer); } else { socket.write('HTTP/1.1 102 Processing\r\n\r\n'); }
    }, 20);
  })),
};

/** The operations that are called, of both services. */
export const OPERATIONS = [
  'ListPodIdentityAssociations', 'DescribePodIdentityAssociation', 'GetRole', 'ListRolePolicies', 'GetRolePolicy',
  'ListAttachedRolePolicies', 'GetPolicy', 'GetPolicyVersion',
] as const;

/** Each of the behaviors in the place of each of the operations. Comments are text in JSON, and do not matter. */
export function eachOf(behaviours: { readonly [name: string]: Behaviour }, operations: readonly string[]) {
  return Object.entries(behaviours).flatMap(([name, behaviour]) => operations
    .filter((operation) => isXml(operation) || name !== 'a comment in the answer')
    .map((operation): [string, string, Behaviour] => [operation, name, behaviour]));
}

/** A page of a list, with items if the page has an odd number, and how it goes on. */
export function pageOf(account: Account, operation: string, page: number, more: object): Raw {
  const members = { ListPodIdentityAssociations: 'associations', ListRolePolicies: 'PolicyNames' };
  const member = (members as { readonly [operation: string]: string })[operation] ?? 'AttachedPolicies';
  const first = account[operation]({ clusterName: 'prod', RoleName: 'pods' }) as { readonly [member: string]: unknown };
  return new Raw((response) => response.end(bytesOf(operation, { [member]: page % 2 ? first[member] : [], ...more })));
}

/** How a page says that there is another one. */
export function goesOn(operation: string, token: string): object {
  return isXml(operation) ? { IsTruncated: true, Marker: token } : { nextToken: token };
}

/** The account with one operation that behaves so. */
export function with_(account: Account, operation: string, behaviour: Behaviour): Account {
  return { ...account, [operation]: behaviour(operation, account[operation]) };
}

/** Every member of a value, as a path. */
export function membersOf(
  value: unknown, at: ReadonlyArray<string | number> = [],
): ReadonlyArray<ReadonlyArray<string | number>> {
  if (typeof value !== 'object' || value === null) { return []; }
  return Object.entries(value).flatMap(([name, member]) => {
    const own = [...at, Array.isArray(value) ? Number(name) : name];
    return [own, ...membersOf(member, own)];
  });
}

/** The value with another one at the path, if it has the path. */
export function replaceAt(value: unknown, [first, ...rest]: ReadonlyArray<string | number>, other: unknown): unknown {
  if (first === undefined) { return other; }
  if (typeof value !== 'object' || value === null || !(first in value)) { return value; }
  const member = replaceAt((value as Record<string | number, unknown>)[first], rest, other);
  return Array.isArray(value)
    ? value.map((one, i) => (i === first ? member : one))
    : { ...value as object, [first]: member };
}
