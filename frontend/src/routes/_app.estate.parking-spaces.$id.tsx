import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { ParkingSpacePage } from '@/estate/records/SimplePages';

export const Route = createFileRoute('/_app/estate/parking-spaces/$id')({
  beforeLoad: needs('estate.read'),
  component: () => <ParkingSpacePage {...Route.useParams()} />,
});
