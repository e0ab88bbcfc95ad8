import { catalog } from './catalog';
import zh from './zh-CN/briefings';

export const t = catalog('briefings', zh);
