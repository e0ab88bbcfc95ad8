import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { ManualPage } from '@/manual/ManualPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/manual/')({
  beforeLoad: needs('manual.read'),
  validateSearch: listSearch,
  component: ManualPage,
});
