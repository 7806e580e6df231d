/** Answers of AWS to `audit` and `snapshot`: damaged, of other types, silent, endless, torn off. */
import { createServer, IncomingMessage, ServerResponse } from 'http';
import { AddressInfo } from 'net';
import { AccountState, allow, answersOf } from '../../cli/live/account';
import { AwsServer } from '../../cli/live/aws-server';
import { policyOf, resourceAnswers, RESOURCES } from '../../cli/live/resources';
import { Dice } from '../../dice';
import { Attack } from '../attack';
import { damaged } from '../bytes';
import { hostileText } from '../texts';
import { changedTree } from '../trees';

const STATE: AccountState = {
  cluster: 'prod',
  associations: [
    { id: 'a-planted', namespace: 'planted', role: 'pods', policy: allow('s3:*') },
    { id: 'a-1', role: 'pods', policy: allow('s3:GetObject') },
    { id: 'a-2', role: 'other', policy: allow('s3:GetObject'), targetRole: 'pods' },
  ],
  roles: {
    pods: {
      inline: { Access: allow('s3:GetObject'), More: allow('sqs:*', '*') },
      attached: ['team'],
      boundary: 'limit',
    },
    other: { inline: { Access: allow('sts:AssumeRole', '*') } },
  },
  policies: { team: allow('sns:Publish', '*'), limit: allow('*', '*') },
  page: 1,
};

const OF_RESOURCES = resourceAnswers({ policies: Object.fromEntries(RESOURCES.map((arn) => [arn, policyOf(arn)])) });

/** An answer of this many bytes is more than anybody needs. */
const HUGE = 200_000_000;

type Damage = (body: string, request: IncomingMessage, response: ServerResponse) => void;

function damageOf(dice: Dice): Damage {
  const type = ({ method, url }: IncomingMessage) => (
    method === 'POST' && url === '/' ? 'text/xml' : 'application/json');
  const send = (request: IncomingMessage, response: ServerResponse, body: string | Buffer, status = 200) => {
    response.writeHead(status, { 'content-type': type(request) });
    response.end(body);
  };
  const changed = (body: string): string => {
    if (body.startsWith('{')) { return JSON.stringify(changedTree(dice, JSON.parse(body) as object)); }
    const text = hostileText(dice).replace(/[&<]/g, ' ');
    return dice.pick([
      body.replace(/>[^<]+</, `>${text}<`), body.replace(/<(Marker|IsTruncated)>.*?<\/\1>/, ''),
      body.replace(/<IsTruncated>false/, '<IsTruncated>true'),
      body.replace(/<member>/g, '<other>').replace(/<\/member>/g, '</other>'),
      body.replace(/<(\w+Result)>.*<\/\1>/s, '<$1/>'),
    ]);
  };
  return dice.pick<Damage>([
    (body, request, response) => send(request, response, changed(body)),
    (body, request, response) => send(request, response, changed(body)),
    (body, request, response) => send(request, response, changed(body)),
    (body, request, response) => send(request, response, damaged(dice, body)),
    (_, request, response) => send(request, response,
      dice.pick(['', '{}', '[]', 'null', '<a/>', '<html><body>Sign in</body></html>', '"text"'])),
    (_, request, response) => send(request, response, hostileText(dice),
      dice.pick([200, 204, 301, 400, 403, 404, 429, 500, 503])),
    (_, request, response) => send(
      request, response, JSON.stringify({
        __type: hostileText(dice),
        message: `${hostileText(dice)} ${JSON.stringify(request.headers)}`,
      }), dice.pick([400, 403]),
    ),
    () => { /* no answer */ },
    (_, request) => { request.socket.destroy(); },
    (body, request, response) => {
      response.writeHead(200, { 'content-type': type(request), 'content-length': body.length + 100 });
      response.write(body);
    },
    (body, request, response) => {
      response.writeHead(200, { 'content-type': type(request) });
      const drip = setInterval(() => { response.write(' '); }, 200);
      response.on('close', () => clearInterval(drip));
      response.write(body.slice(0, 1));
    },
    (_, request, response) => {
      response.writeHead(200, { 'content-type': type(request) });
      const piece = Buffer.alloc(1_000_000, ' ');
      let left = HUGE;
      const more = () => { while ((left -= piece.length) > 0 && response.write(piece)) { /* until it is full */ } };
      response.on('drain', more);
      more();
    },
  ]);
}

/** The headers that say what is asked for. */
const FORWARDED = ['authorization', 'content-type', 'x-amz-target', 'x-amz-expected-bucket-owner'];

/** A good account behind a server that damages every answer, or one in a few. */
async function serve(seed: number): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const dice = new Dice(seed);
  const good = new AwsServer(answersOf(STATE, OF_RESOURCES));
  const goodUrl = await good.start();
  const damage = damageOf(dice);
  const percent = dice.pick([100, 30, 10]);
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = [];
    for await (const part of request) { parts.push(part as Buffer); }
    const body = Buffer.concat(parts);
    const { method } = request;
    const headers = FORWARDED.flatMap((name): Array<[string, string]> => {
      const value = request.headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    });
    const forwarded = await fetch(goodUrl + request.url!, { method, headers, ...(method === 'POST' && { body }) });
    const text = await forwarded.text();
    if (dice.chance(percent)) {
      damage(text, request, response);
    } else {
      response.writeHead(forwarded.status, { 'content-type': forwarded.headers.get('content-type') ?? '' });
      response.end(text);
    }
  };
  const server = createServer((request, response) => { answer(request, response).catch(() => response.destroy()); });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await good.stop();
    },
  };
}

export function clusterAttack(dice: Dice): Attack {
  const seed = dice.below(2 ** 31);
  const format = dice.pick(['text', 'json', 'sarif', 'junit'] as const);
  const common = { files: {}, count: 1, serve: () => serve(seed) };
  const live = ['--region', 'eu-west-1', '--endpoint-url', 'URL', '--timeout', '1'];
  return dice.chance(75)
    ? {
      ...common,
      kind: 'audit',
      args: ['audit', '--cluster', 'prod', '--format', format, ...live],
      format,
      failsOnFindings: true,
    }
    : {
      ...common,
      kind: 'snapshot',
      args: ['snapshot', ...dice.pick([
        ['--role', 'pods'],
        RESOURCES.flatMap((arn) => ['--resource', arn]),
        ['--resource', dice.pick(RESOURCES), '--role', 'pods'],
      ]), ...live],
      format: 'json',
      failsOnFindings: false,
    };
}
