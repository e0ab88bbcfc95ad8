import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { AuditPage } from '@/system/AuditPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/audit')({
  beforeLoad: needs('audit.read'),
  validateSearch: listSearch,
  component: AuditPage,
});
