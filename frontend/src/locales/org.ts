import { catalog } from './catalog';
import zh from './zh-CN/org';

export const t = catalog('org', zh);
