import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { HousesPage } from '@/estate/lists/HousesPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/estate/houses/')({
  beforeLoad: needs('estate.read'),
  validateSearch: listSearch,
  component: HousesPage,
});
