import { catalog } from './catalog';
import zh from './zh-CN/service_desk';

export const t = catalog('service_desk', zh);
