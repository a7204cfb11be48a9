import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { PageSource } from './server.ts';

/** The page straight from its sources, rebuilt as they change. Vite is a tool of development and never part of a built server. */
export async function devPage(server: Server): Promise<PageSource> {
  const { createServer } = await import('vite');
  const vite = await createServer({
    configFile: fileURLToPath(new URL('../../vite.config.ts', import.meta.url)),
    server: { middlewareMode: true, hmr: { server } },
  });
  return {
    dev: true,
    send: (request, response) =>
      new Promise((resolve, reject) => {
        response.on('close', resolve);
        vite.middlewares(request, response, (error: unknown) => {
          if (error === undefined) response.writeHead(404).end();
          else reject(error instanceof Error ? error : new Error('Vite could not answer.', { cause: error }));
        });
      }),
    close: () => vite.close(),
  };
}
