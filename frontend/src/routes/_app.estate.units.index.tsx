import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { UnitsPage } from '@/estate/lists/pages';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/estate/units/')({
  beforeLoad: needs('estate.read'),
  validateSearch: listSearch,
  component: UnitsPage,
});
