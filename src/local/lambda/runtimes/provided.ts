import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { executableOf, thisMachine } from './executable';
import { runtimeMissing, type Runtime } from './runtime';

/** A program that speaks the Runtime API itself: Go, Rust, a shell script. */
export const PROVIDED: Runtime = {
  pattern: /^provided(\.al\d+)?$/,
  programs: {},
  find: (context) => {
    const { codeDirectory, layers, settings } = context;
    const places = [codeDirectory, ...(layers === undefined ? [] : [layers])];
    const candidates = places.map((place) => path.join(place, 'bootstrap'));
    const bootstrap = candidates.find((file) => existsSync(file)) ?? candidates[0]!;
    const built = existsSync(bootstrap) ? executableOf(bootstrap) : undefined;
    if (built && !built.runsHere) {
      throw runtimeMissing(
        context,
        `its bootstrap is built for ${built.target}, and this machine is ${thisMachine()}`,
        `Build it for this machine as well, into a folder of its own, and name that: --code ${constructOf(settings.path)}=FOLDER`,
      );
    }
    return () => ({ command: bootstrap, arguments: [], marksOutput: false, variables: closedProxy });
  },
};

/** The path that its author knows: without the child that is the resource itself. */
function constructOf(resourcePath: string): string {
  return resourcePath.replace(/\/Resource$/, '');
}

/**
 * Programs cannot be kept from making connections, but clients of HTTP ask the proxy that the environment names. The
 * Runtime API is one that refuses.
 */
function closedProxy(runtimeApi: string): Record<string, string> {
  const proxy = `http://${runtimeApi}`;
  const loopback = '127.0.0.1,localhost';
  return {
    HTTP_PROXY: proxy,
    HTTPS_PROXY: proxy,
    NO_PROXY: loopback,
    http_proxy: proxy,
    https_proxy: proxy,
    no_proxy: loopback,
  };
}
