import { catalog } from './catalog';
import zh from './zh-CN/ui';

export const t = catalog('ui', zh);
