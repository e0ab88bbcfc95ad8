import { catalog } from './catalog';
import zh from './zh-CN/queue';

export const t = catalog('queue', zh);
