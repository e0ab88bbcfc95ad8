import { catalog } from './catalog';
import zh from './zh-CN/duty';

export const t = catalog('duty', zh);
