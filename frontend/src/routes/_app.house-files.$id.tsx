import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { HouseFilePage } from '@/owners/files/HouseFilePage';

export const Route = createFileRoute('/_app/house-files/$id')({
  beforeLoad: needs('party.read'),
  component: () => <HouseFilePage {...Route.useParams()} />,
});
