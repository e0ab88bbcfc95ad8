// Adds to package-lock.json the packages for other platforms that npm left out.
//
// A registry that carries only some platforms makes npm write a lock without the others, and `npm ci` then refuses that lock
// as incomplete. Such packages are optional and pinned exactly by the package that wants them, so their entries follow from
// it: version from there, platform from the name. Run it after `npm install` has changed the lock.
import { readFileSync, writeFileSync } from 'node:fs';

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));
const systems = /-(android|darwin|freebsd|linux|openbsd|openharmony|win32)-/;
const processors = /-(arm64|arm|x64|ia32|loong64|ppc64|riscv64|s390x)(?:-|$)/;

const added = {};
for (const wanting of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(wanting.optionalDependencies ?? {})) {
    const [, system] = systems.exec(name) ?? [];
    const [, processor] = processors.exec(name) ?? [];
    const key = `node_modules/${name}`;
    if (!lock.packages[key] && system && processor && /^\d/.test(version)) {
      added[key] = {
        version,
        cpu: [processor],
        ...(wanting.dev && { dev: true }),
        ...(name.includes('musl') && { libc: ['musl'] }),
        license: wanting.license,
        optional: true,
        os: [system],
      };
    }
  }
}

const sorted = Object.entries({ ...lock.packages, ...added }).sort(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(sorted);
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${Object.keys(added).length} entries added`);
