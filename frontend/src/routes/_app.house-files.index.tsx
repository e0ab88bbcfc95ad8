import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { HouseFilesPage } from '@/owners/files/HouseFilesPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/house-files/')({
  beforeLoad: needs('party.read'),
  validateSearch: listSearch,
  component: HouseFilesPage,
});
