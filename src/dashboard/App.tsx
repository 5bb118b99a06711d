import { Box, Text, useInput } from 'ink';
import { memo, useSyncExternalStore, type ReactElement } from 'react';
import { keysOf } from './keys/key.ts';
import type { Session } from './shell/session.ts';

/** The dashboard: one text for each line of the session's frame, and every key to the session. */
export function App({ session }: { readonly session: Session }): ReactElement {
  useSyncExternalStore(session.subscribe, session.version);
  useInput((input, key) => {
    for (const name of keysOf(input, key)) session.press(name);
  });
  return (
    <Box flexDirection="column" width={session.size().columns}>
      {session.frame().map((line, index) => (
        // A line is its place on the screen.
        <ScreenLine key={index} text={line} />
      ))}
    </Box>
  );
}

/** An empty text would take no line at all. */
const ScreenLine = memo(function ScreenLine({ text }: { readonly text: string }): ReactElement {
  return <Text wrap="truncate">{text === '' ? ' ' : text}</Text>;
});
