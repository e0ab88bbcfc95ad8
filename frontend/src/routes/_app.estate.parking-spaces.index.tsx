import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { ParkingSpacesPage } from '@/estate/lists/pages';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/estate/parking-spaces/')({
  beforeLoad: needs('estate.read'),
  validateSearch: listSearch,
  component: ParkingSpacesPage,
});
