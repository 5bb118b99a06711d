import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sendEmail } from '#agent/deliver/email.ts';
import type { OutboxEntry } from '#agent/outbox.ts';
import { config } from './world.ts';

const ENTRY: OutboxEntry = {
  version: 1,
  id: 'ab'.repeat(16),
  channel: 'mail',
  schedule: 'estate',
  createdAt: 0,
  subject: 'nhi estate: gate FAIL\r\nBcc: somebody@else.example',
  text: 'two\n.lines',
  contentType: 'application/json',
  body: '{}',
  series: null,
};

/** A mail server on the loopback that keeps what is said to it; `refuse` answers a command otherwise. */
async function mailServer(refuse: (command: string) => string | null = () => null) {
  const said: string[] = [];
  let data = '';
  const talk = (socket: Socket) => {
    let inData = false;
    socket.on('error', () => undefined);
    socket.write('220 test\r\n');
    socket.on('data', (chunk) => {
      for (const line of chunk.toString('utf8').split('\r\n')) {
        if (inData) {
          if (line === '.') {
            inData = false;
            socket.write('250 taken\r\n');
          } else data += `${line}\n`;
        } else if (line !== '') {
          said.push(line);
          const refused = refuse(line);
          inData = line === 'DATA' && refused === null;
          socket.write(
            `${refused ?? (inData ? '354 go on' : line.startsWith('EHLO') ? '250-test\r\n250 AUTH PLAIN' : line.startsWith('AUTH') ? '235 welcome' : '250 fine')}\r\n`,
          );
        }
      }
    });
  };
  const server = createServer(talk);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo; // the address of a server on a port has one
  return { port, said, data: () => data };
}

function channel(port: number, tls: 'none' | 'starttls') {
  const [first] = config({
    notify: [
      {
        name: 'mail',
        kind: 'email',
        host: '127.0.0.1',
        port,
        tls,
        from: 'nhi@ours.example',
        to: ['sec@ours.example'],
      },
    ],
  }).notify;
  if (first?.kind !== 'email') throw new Error('not an email channel');
  return first;
}

describe('an e-mail', () => {
  it('is sent with a Message-ID made of the delivery, and its subject adds no header', async () => {
    const server = await mailServer();
    expect(await sendEmail(channel(server.port, 'none'), ENTRY, null)).toEqual({ kind: 'delivered' });
    expect(server.said).toContain('RCPT TO:<sec@ours.example>');
    expect(server.data()).toContain(`Message-ID: <${ENTRY.id}@nhi-auditor>`);
    expect(server.data()).not.toMatch(/^Bcc:/mu);
    expect(server.data()).toContain('two\n..lines');
  });

  it('is sent after logging in where there is a login', async () => {
    const server = await mailServer();
    await sendEmail(channel(server.port, 'none'), ENTRY, { user: 'nhi', pass: 'word' });
    expect(server.said).toContain(`AUTH PLAIN ${Buffer.from('\0nhi\0word').toString('base64')}`);
  });

  it('says nothing of itself where the connection cannot be encrypted', async () => {
    const server = await mailServer((command) => (command === 'STARTTLS' ? '502 no' : null));
    expect(
      await sendEmail(channel(server.port, 'starttls'), ENTRY, { user: 'nhi', pass: 'word' }),
    ).toMatchObject({
      kind: 'unavailable',
    });
    expect(server.said.filter((line) => /^(?:AUTH|MAIL|DATA)/u.test(line))).toEqual([]);
  });

  it('waits where the server is busy, and is refused where its recipient is', async () => {
    const busy = await mailServer((command) => (command.startsWith('MAIL') ? '451 later' : null));
    expect(await sendEmail(channel(busy.port, 'none'), ENTRY, null)).toMatchObject({ kind: 'unavailable' });
    const strict = await mailServer((command) => (command.startsWith('RCPT') ? '550 nobody' : null));
    expect(await sendEmail(channel(strict.port, 'none'), ENTRY, null)).toMatchObject({ kind: 'refused' });
  });

  it('waits where nobody listens', async () => {
    expect(await sendEmail(channel(1, 'none'), ENTRY, null)).toMatchObject({ kind: 'unavailable' });
  });
});
