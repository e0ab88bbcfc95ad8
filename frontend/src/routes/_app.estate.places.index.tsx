import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { PlacesPage } from '@/estate/lists/pages';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/estate/places/')({
  beforeLoad: needs('estate.read'),
  validateSearch: listSearch,
  component: PlacesPage,
});
