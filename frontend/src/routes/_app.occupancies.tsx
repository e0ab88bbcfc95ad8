import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { OccupanciesPage } from '@/owners/occupancies/OccupanciesPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/occupancies')({
  beforeLoad: needs('party.read'),
  validateSearch: listSearch,
  component: OccupanciesPage,
});
